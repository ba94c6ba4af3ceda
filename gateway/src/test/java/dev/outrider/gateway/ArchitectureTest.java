package dev.outrider.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The gateway's walls. */
@AnalyzeClasses(packages = "dev.outrider", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String HOME = "dev.outrider.gateway";

    @ArchTest
    static final ArchRule sharesNoJavaWithTheRobot =
            classes().should().resideInAPackage(HOME + "..");

    @ArchTest
    static final ArchRule importsRunOneWay =
            Architectures.layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("robot")
                    .definedBy(HOME + ".robot")
                    .layer("usage")
                    .definedBy(HOME + ".usage")
                    .layer("store")
                    .definedBy(HOME + ".store")
                    .layer("upstream")
                    .definedBy(HOME + ".upstream")
                    .layer("wire")
                    .definedBy(HOME + ".wire")
                    .layer("service")
                    .definedBy(HOME)
                    .layer("faces")
                    .definedBy(HOME + ".admin", HOME + ".cli", HOME + ".bench")
                    .whereLayer("robot")
                    .mayNotAccessAnyLayer()
                    .whereLayer("usage")
                    .mayOnlyAccessLayers("robot")
                    .whereLayer("store")
                    .mayOnlyAccessLayers("robot", "usage")
                    .whereLayer("upstream")
                    .mayNotAccessAnyLayer()
                    .whereLayer("wire")
                    .mayOnlyAccessLayers("robot", "usage", "upstream");

    @ArchTest
    static final ArchRule sqlAndRedisLiveInStore =
            livesIn(HOME + ".store", "java.sql..", "io.agroal..", "org.flywaydb..", "io.lettuce..");

    @ArchTest
    static final ArchRule breakersLiveInUpstream =
            livesIn(HOME + ".upstream", "io.github.resilience4j..");

    @ArchTest static final ArchRule theCommandLineLivesInCli = livesIn(HOME + ".cli", "picocli..");

    @ArchTest
    static final ArchRule theOwnersApiLivesInAdmin = livesIn(HOME + ".admin", "jakarta.ws.rs..");

    private static ArchRule livesIn(String home, String... libraries) {
        return noClasses()
                .that(JavaClass.Predicates.resideOutsideOfPackage(home))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }
}
