package dev.outrider.reason.language;

import dev.outrider.reason.language.Lexicon.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The forms of regular English and Spanish verbs, plain: lower case, no accents. */
final class Inflection {

    private Inflection() {}

    static Map<String, Form> of(
            String verb,
            Language language,
            Map<String, String> stems,
            Map<String, List<String>> irregular) {
        Map<String, Form> forms = new LinkedHashMap<>();
        if (language == Language.EN) {
            english(verb, forms);
        } else {
            spanish(
                    verb,
                    stems.getOrDefault(verb, ""),
                    irregular.getOrDefault(verb, List.of()),
                    forms);
        }
        return forms;
    }

    private static void english(String base, Map<String, Form> forms) {
        boolean e = base.endsWith("e") && !base.endsWith("ee") && !base.endsWith("oe");
        boolean doubles =
                base.matches("(?:[^aeiou]*|[a-z]*[^aeiou])[aeiou][bdgklmnprtz]")
                        && base.length() <= 5;
        boolean y = base.matches(".*[^aeiou]y");
        String stem =
                e
                        ? base.substring(0, base.length() - 1)
                        : doubles ? base + base.charAt(base.length() - 1) : base;
        forms.put(base, Form.VERB);
        forms.put(
                base.matches(".*(?:s|x|ch|sh|o)")
                        ? base + "es"
                        : y ? base.substring(0, base.length() - 1) + "ies" : base + "s",
                Form.VERB);
        forms.put(stem + "ing", Form.VERB);
        forms.put(y ? base.substring(0, base.length() - 1) + "ied" : stem + "ed", Form.PAST);
    }

    private static void spanish(
            String infinitive, String changed, List<String> irregular, Map<String, Form> forms) {
        String verb = infinitive.replaceAll("(?:se|te)$", "");
        forms.put(verb, Form.VERB);
        irregular.forEach(f -> forms.put(f, Form.VERB));
        if (verb.equals("decir") || verb.equals("venir")) {
            forms.put(verb.substring(0, 4), Form.VERB);
        }
        if (!irregular.isEmpty() && verb.length() > 2) {
            String future = verb.equals("hacer") ? "har" : verb.equals("decir") ? "dir" : verb;
            asking(forms, future, "ias", "ia", "as", "a");
        }
        if (verb.length() < 4 || !verb.matches(".*[aei]r")) {
            return;
        }
        String root = verb.substring(0, verb.length() - 2);
        String strong = changed.isEmpty() ? root : changed;
        if (verb.endsWith("ar")) {
            asking(forms, strong, "a", "as", "an");
            asking(forms, beforeE(strong), "e", "es", "en");
            asking(forms, root, "ad", "ando", "aras", "ara", "arias", "aria", "ase", "ases");
            asking(forms, beforeE(root), "emos");
            telling(
                    forms, root, "aste", "aron", "aba", "abas", "abamos", "ado", "ada", "amos",
                    "o");
        } else {
            String ir = verb.substring(verb.length() - 2);
            asking(forms, beforeI(strong), "e", "es", "en");
            asking(forms, beforeA(strong), "a", "as", "an", "amos");
            asking(
                    forms,
                    root,
                    ir.charAt(0) + "d",
                    "iendo",
                    ir + "as",
                    ir + "a",
                    ir + "ias",
                    ir + "ia",
                    "iera",
                    "ieras",
                    "iese");
            if (ir.equals("ir")) {
                asking(forms, root, "i");
            }
            if (!changed.isEmpty() && ir.equals("ir")) {
                asking(forms, beforeI(changed), "iendo");
            }
            telling(forms, root, "iste", "io", "ieron", "ia", "ias", "iamos", "ido", "ida");
        }
    }

    private static void asking(Map<String, Form> forms, String root, String... endings) {
        for (String ending : endings) {
            forms.put(root + ending, Form.VERB);
        }
    }

    private static void telling(Map<String, Form> forms, String root, String... endings) {
        for (String ending : endings) {
            forms.putIfAbsent(root + ending, Form.PAST);
        }
    }

    /** cargar: cargue; tocar: toque; avanzar: avance. */
    private static String beforeE(String root) {
        return root.endsWith("g")
                ? root + "u"
                : root.endsWith("c")
                        ? root.substring(0, root.length() - 1) + "qu"
                        : root.endsWith("z") ? root.substring(0, root.length() - 1) + "c" : root;
    }

    /** coger: coja; seguir: siga; conducir: conduzca; torcer: tuerza. */
    private static String beforeA(String root) {
        String cut = root.substring(0, Math.max(0, root.length() - 1));
        if (root.endsWith("gu")) {
            return cut;
        }
        if (root.endsWith("g")) {
            return cut + "j";
        }
        if (root.matches(".*[aeiou]c")) {
            return cut + "zc";
        }
        return root.endsWith("c") ? cut + "z" : root;
    }

    private static String beforeI(String root) {
        return root;
    }
}
