@NullMarked
package dev.outrider.gateway;

import org.jspecify.annotations.NullMarked;
