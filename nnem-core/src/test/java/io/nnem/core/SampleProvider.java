package io.nnem.core;

/** A kind of plug-in for tests: its service file lists good and broken ones. */
public interface SampleProvider extends Plugin {

  /** Works. */
  final class Good implements SampleProvider {
    /** For the service loader. */
    public Good() {}

    @Override
    public String name() {
      return "good";
    }
  }

  /** Shares its name. */
  final class OneOfTwo implements SampleProvider {
    /** For the service loader. */
    public OneOfTwo() {}

    @Override
    public String name() {
      return "shared";
    }
  }

  /** Shares its name too. */
  final class OtherOfTwo implements SampleProvider {
    /** For the service loader. */
    public OtherOfTwo() {}

    @Override
    public String name() {
      return "shared";
    }
  }

  /** Has no valid name. */
  final class Misnamed implements SampleProvider {
    /** For the service loader. */
    public Misnamed() {}

    @Override
    public String name() {
      return "Bad Name";
    }
  }

  /** Cannot be made. */
  final class Throwing implements SampleProvider {
    /** Fails. */
    public Throwing() {
      throw new IllegalStateException("no licence");
    }

    @Override
    public String name() {
      return "throwing";
    }
  }

  /** Cannot say its name. */
  final class Speechless implements SampleProvider {
    /** For the service loader. */
    public Speechless() {}

    @Override
    public String name() {
      throw new UnsupportedOperationException("no name yet");
    }
  }
}
