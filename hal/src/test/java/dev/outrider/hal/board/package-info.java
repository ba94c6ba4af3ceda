@NullMarked
package dev.outrider.hal.board;

import org.jspecify.annotations.NullMarked;
