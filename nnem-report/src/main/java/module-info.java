/** Tables, charts, pages, run folders and statistics. Nothing here knows what is reported on. */
module io.nnem.report {
  requires transitive com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.csv;
  requires com.github.weisj.jsvg;
  requires java.desktop;
  requires java.management;
  requires jdk.management;
  requires org.apache.commons.statistics.distribution;
  requires org.apache.commons.statistics.ranking;

  exports io.nnem.report.chart;
  exports io.nnem.report.page;
  exports io.nnem.report.run;
  exports io.nnem.report.stats;
  exports io.nnem.report.table;
}
