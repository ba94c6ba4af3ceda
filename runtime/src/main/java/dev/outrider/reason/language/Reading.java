package dev.outrider.reason.language;

import dev.outrider.model.Plan;
import java.util.List;

/**
 * What the clause parser made of a sentence.
 *
 * @param plan what it understood; empty where it would ask
 * @param question what it would ask; empty where there is a plan and nothing is missing
 * @param astray whether a correction led to something that this robot does not have or know, so
 *     that the plan of nobody who overlooked it is meant
 * @param unread words with a meaning that no part of the plan holds
 * @param strangeUnit the word after a number that is no unit this robot knows; empty if there is
 *     none
 * @param confidence 0 to 1: how sure the rules are of the plan
 * @param language the sentence's
 * @param why how each part was read, for people
 */
public record Reading(
        Plan plan,
        String question,
        boolean astray,
        List<String> unread,
        String strangeUnit,
        double confidence,
        Language language,
        List<String> why) {

    public Reading {
        unread = List.copyOf(unread);
        why = List.copyOf(why);
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence is within 0..1, not " + confidence);
        }
    }

    /** Whether there is a plan and every meaningful word of the sentence is in it. */
    public boolean complete() {
        return !plan.isEmpty() && question.isEmpty() && unread.isEmpty();
    }
}
