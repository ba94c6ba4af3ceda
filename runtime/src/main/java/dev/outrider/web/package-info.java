/** HTTP: status, health, metrics. Requests run on Quarkus's threads and only read. */
@NullMarked
package dev.outrider.web;

import org.jspecify.annotations.NullMarked;
