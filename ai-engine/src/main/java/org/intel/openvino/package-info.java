/**
 * OpenVINO for Java: the package, class and method names of openvino_contrib's Java API, over
 * OpenVINO's C API. Holds what that API and the C library offer and nothing of robots or of DJL.
 * Every native object sits behind one typed handle that is freed once, after its last call, by
 * {@code close} or by the collector; using it later is an exception. Calls run on the caller's
 * thread; asynchronous inference and its callbacks run on daemon threads of our own.
 */
@NullMarked
package org.intel.openvino;

import org.jspecify.annotations.NullMarked;
