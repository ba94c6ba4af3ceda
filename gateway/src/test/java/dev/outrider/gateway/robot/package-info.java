@NullMarked
package dev.outrider.gateway.robot;

import org.jspecify.annotations.NullMarked;
