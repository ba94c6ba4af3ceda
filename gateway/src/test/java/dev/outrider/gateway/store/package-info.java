@NullMarked
package dev.outrider.gateway.store;

import org.jspecify.annotations.NullMarked;
