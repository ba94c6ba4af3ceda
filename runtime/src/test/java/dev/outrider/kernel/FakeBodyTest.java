package dev.outrider.kernel;

/** The fake keeps to what the kernel relies on. */
class FakeBodyTest extends BodyContract {

    private final FakeBody body = new FakeBody();

    @Override
    protected Body body() {
        return body;
    }
}
