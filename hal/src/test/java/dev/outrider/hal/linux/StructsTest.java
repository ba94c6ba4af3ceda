package dev.outrider.hal.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes, offsets and request numbers as a C compiler gives them for the kernel's headers. */
class StructsTest {

    static Stream<Arguments> sizes() {
        return Stream.of(
                Arguments.of(GpioChipInfo.LAYOUT, 68L),
                Arguments.of(GpioLineInfo.LAYOUT, 256L),
                Arguments.of(GpioLineRequest.LAYOUT, 592L),
                Arguments.of(GpioLineEvent.LAYOUT, 48L),
                Arguments.of(GpioValues.LAYOUT, 16L),
                Arguments.of(SmbusCall.LAYOUT, 16L),
                Arguments.of(I2cTransfer.MESSAGE, 16L),
                Arguments.of(I2cTransfer.LAYOUT, 16L),
                Arguments.of(SpiDevice.TRANSFER, 32L),
                Arguments.of(SerialPort.TERMIOS2, 44L),
                Arguments.of(CanFrame.LAYOUT, 16L),
                Arguments.of(CanSocket.ADDRESS, 24L),
                Arguments.of(HardwareWatchdog.INFO, 40L),
                Arguments.of(VideoDevice.CAPABILITY, 104L),
                Arguments.of(VideoDevice.FORMAT, 208L),
                Arguments.of(VideoDevice.REQUEST, 20L),
                Arguments.of(VideoDevice.BUFFER, 88L),
                Arguments.of(Descriptor.POLL, 8L));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void areAsBigAsInC(MemoryLayout layout, long size) {
        assertThat(layout.byteSize()).isEqualTo(size);
    }

    @Test
    void requestsHaveTheNumbersOfTheHeaders() {
        assertThat(Ioctl.read(0xB4, 1, GpioChipInfo.LAYOUT).number()).isEqualTo(0x8044B401L);
        assertThat(Ioctl.readWrite(0xB4, 5, GpioLineInfo.LAYOUT).number()).isEqualTo(0xC100B405L);
        assertThat(Ioctl.readWrite(0xB4, 7, GpioLineRequest.LAYOUT).number())
                .isEqualTo(0xC250B407L);
        assertThat(Ioctl.readWrite(0xB4, 14, GpioValues.LAYOUT).number()).isEqualTo(0xC010B40EL);
        assertThat(SpiDevice.MESSAGE.number()).isEqualTo(0x40206B00L);
        assertThat(SerialPort.GET.number()).isEqualTo(0x802C542AL);
        assertThat(SerialPort.SET.number()).isEqualTo(0x402C542BL);
        assertThat(VideoDevice.QUERY_CAPABILITY.number()).isEqualTo(0x80685600L);
        assertThat(VideoDevice.SET_FORMAT.number()).isEqualTo(0xC0D05605L);
        assertThat(VideoDevice.REQUEST_BUFFERS.number()).isEqualTo(0xC0145608L);
        assertThat(VideoDevice.QUERY_BUFFER.number()).isEqualTo(0xC0585609L);
        assertThat(VideoDevice.QUEUE_BUFFER.number()).isEqualTo(0xC058560FL);
        assertThat(VideoDevice.DEQUEUE_BUFFER.number()).isEqualTo(0xC0585611L);
        assertThat(VideoDevice.STREAM_ON.number()).isEqualTo(0x40045612L);
        assertThat(VideoDevice.STREAM_OFF.number()).isEqualTo(0x40045613L);
    }

    @Test
    void aVideoBufferLiesWhereTheKernelLooks() {
        assertThat(Struct.offset(VideoDevice.FORMAT, "pixelformat")).isEqualTo(16);
        assertThat(Struct.offset(VideoDevice.FORMAT, "sizeimage")).isEqualTo(28);
        assertThat(Struct.offset(VideoDevice.BUFFER, "memory")).isEqualTo(60);
        assertThat(Struct.offset(VideoDevice.BUFFER, "offset")).isEqualTo(64);
        assertThat(Struct.offset(VideoDevice.BUFFER, "length")).isEqualTo(72);
    }

    @Test
    void aLineRequestLiesWhereTheKernelLooks() {
        var request =
                new GpioLineRequest(
                        17,
                        "a consumer with a name longer than thirty-two bytes",
                        GpioLineRequest.INPUT | GpioLineRequest.EDGE_RISING,
                        List.of(new GpioLineRequest.Attribute(3, 20_000)),
                        1024);

        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(GpioLineRequest.LAYOUT);
            request.encode(segment);

            assertThat(segment.get(Struct.U32, 0)).isEqualTo(17);
            assertThat(segment.getString(256)).isEqualTo("a consumer with a name longer t");
            assertThat(segment.get(Struct.U64, 288)).isEqualTo(4 | 16);
            assertThat(segment.get(Struct.U32, 296)).isEqualTo(1);
            assertThat(segment.get(Struct.U32, 320)).isEqualTo(3);
            assertThat(segment.get(Struct.U32, 328)).isEqualTo(20_000);
            assertThat(segment.get(Struct.U64, 336)).isEqualTo(1);
            assertThat(segment.get(Struct.U32, 560)).isEqualTo(1);
            assertThat(segment.get(Struct.U32, 564)).isEqualTo(1024);
            assertThat(GpioLineRequest.fd(segment)).isZero();
        }
    }

    @Test
    void canFramesComeBackAsTheyWent() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(CanFrame.LAYOUT);
            var extended = new CanFrame(0x1ABCDEF0, true, 8, 0x8877665544332211L);

            extended.encode(segment);

            assertThat(CanFrame.decode(segment)).isEqualTo(extended);
            assertThat(segment.get(Struct.U8, 8)).isEqualTo((byte) 0x11);
            assertThat(extended.at(7)).isEqualTo(0x88);
        }
    }

    @Test
    void canFramesKeepToTheirBounds() {
        assertThat(CanFrame.of(0x123, (byte) 0xBE, (byte) 0xEF).data()).isEqualTo(0xEFBEL);
        assertThat(new CanFrame(1, false, 1, -1L).data()).isEqualTo(0xFF);
        assertThat(new CanFrame(1, false, 0, -1L).data()).isZero();
        assertThatThrownBy(() -> new CanFrame(0x800, false, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CanFrame(1, false, 9, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanFrame.of(1, new byte[9]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanFrame.of(1).at(0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
