package io.nnem.experiments.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run leaves beside its report, and where.
 *
 * @param out the folder that the user named
 * @param tensorboard whether it writes event files
 * @param parquet writes the tables as Parquet, if they are wanted
 */
record Output(Optional<Path> out, boolean tensorboard, Optional<Parquet> parquet) {}
