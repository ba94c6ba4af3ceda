@NullMarked
package dev.outrider.gateway.upstream;

import org.jspecify.annotations.NullMarked;
