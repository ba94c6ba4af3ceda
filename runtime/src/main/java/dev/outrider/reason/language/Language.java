package dev.outrider.reason.language;

/** The languages the front of language reads. */
public enum Language {
    EN,
    ES
}
