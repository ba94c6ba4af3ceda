/**
 * Known model files: where each comes from, its licence and its checksum, and how it is fetched by
 * HTTP, from a folder, or by package name through the user's own package client. Nothing here knows
 * what a model is for or loads one. Every call runs on the caller's thread and may take as long as
 * a download.
 */
@NullMarked
package dev.outrider.ai.catalogue;

import org.jspecify.annotations.NullMarked;
