package io.nnem.testkit;

import io.nnem.core.reference.Matrix;

/** One matrix on the back end under test and, with the same elements, on the reference. */
record Twin<T>(String name, T mine, Matrix reference) {}
