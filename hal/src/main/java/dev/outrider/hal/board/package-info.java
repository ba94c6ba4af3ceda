/**
 * The parts of one robot, put together with its limits, places, emergency stop and safety loop. A
 * board is opened and closed by one thread and looked up from any.
 */
@NullMarked
package dev.outrider.hal.board;

import org.jspecify.annotations.NullMarked;
