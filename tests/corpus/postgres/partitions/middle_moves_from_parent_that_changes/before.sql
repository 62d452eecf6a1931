CREATE TABLE plan (
  day integer
) PARTITION BY RANGE (day);
CREATE TABLE middle PARTITION OF plan DEFAULT PARTITION BY RANGE (day);
CREATE TABLE other (
  hour integer
) PARTITION BY RANGE (hour);
