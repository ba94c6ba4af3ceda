package dev.outrider.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests, checked against the API server's own schemas by kubernetes-validate. */
class KubernetesTest {

    private static final Path MANIFESTS = Path.of("deploy", "kubernetes").toAbsolutePath();
    private static final Path VALIDATOR =
            Path.of("target", "clients", "python", "bin", "kubernetes-validate").toAbsolutePath();

    private record Ended(int code, String said) {}

    @TempDir private Path folder = Path.of("");

    @Test
    void areEachOfTheirSchema() throws Exception {
        try (Stream<Path> files = Files.walk(MANIFESTS)) {
            for (Path file : files.filter(KubernetesTest::isManifest).toList()) {
                assertThat(validated(file)).as("%s", file).returns(0, Ended::code);
            }
        }
    }

    @Test
    void areRefusedWhereTheyAreNot() throws Exception {
        String right = Files.readString(MANIFESTS.resolve("base").resolve("deployment.yaml"));
        Path wrong = folder.resolve("deployment.yaml");
        Files.writeString(wrong, right.replace("replicas: 2", "replicas: two"));

        assertThat(validated(wrong).code()).isNotZero();
    }

    @Test
    void areOfTheirSchemaAsKustomizeRendersTheExample() throws Exception {
        Path rendered = folder.resolve("rendered.yaml");
        String example = MANIFESTS.resolve("examples").resolve("vllm").toString();
        Files.writeString(rendered, kubectl("kustomize", example));

        Ended checked = validated(rendered);

        assertThat(checked).returns(0, Ended::code);
        assertThat(checked.said())
                .contains("configmap/outrider-gateway-", "deployment/vllm", "networkpolicy/");
        assertThat(Files.readString(rendered)).contains("namespace: outrider");
    }

    private static boolean isManifest(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") && !name.equals("kustomization.yaml");
    }

    private Ended validated(Path file) throws IOException, InterruptedException {
        assumeTrue(
                Files.exists(VALIDATOR), "not installed: run gateway/src/test/clients/install.sh");
        return run(List.of(VALIDATOR.toString(), "--strict", file.toString()));
    }

    private String kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        try {
            Ended ended = run(command);
            assumeTrue(
                    !ended.said().contains("must be a file"),
                    "this kubectl is older than 1.21 and its Kustomize knows no folders");
            assertThat(ended).returns(0, Ended::code);
            return ended.said();
        } catch (IOException e) {
            assumeTrue(false, "kubectl is not installed: " + e.getMessage());
            throw e;
        }
    }

    private Ended run(List<String> command) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        boolean ended = process.waitFor(1, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        return new Ended(process.exitValue(), Files.readString(out));
    }
}
