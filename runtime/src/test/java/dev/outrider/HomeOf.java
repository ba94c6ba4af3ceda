package dev.outrider;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;

/** A library is used only where it lives. */
final class HomeOf extends ArchCondition<JavaClass> {

    private final String library;
    private final String[] homes;

    private HomeOf(String library, String... homes) {
        super("use " + library + " only in " + Arrays.toString(homes));
        this.library = library;
        this.homes = homes;
    }

    static HomeOf library(String library, String... homes) {
        return new HomeOf(library, homes);
    }

    @Override
    public void check(JavaClass user, ConditionEvents events) {
        if (Arrays.stream(homes).anyMatch(user.getPackageName()::startsWith)) {
            return;
        }
        for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
            if (dependency.getTargetClass().getPackageName().startsWith(library)) {
                events.add(SimpleConditionEvent.violated(user, dependency.getDescription()));
            }
        }
    }
}
