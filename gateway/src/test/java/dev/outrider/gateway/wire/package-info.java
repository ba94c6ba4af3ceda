@NullMarked
package dev.outrider.gateway.wire;

import org.jspecify.annotations.NullMarked;
