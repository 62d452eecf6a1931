-- check-violations: Rows of public.orders do not satisfy check orders_total_check of public.orders. Correct these rows first, or loosen the check.
-- duplicate-rows: Rows of public.customers are equal in what unique constraint customers_email_key of public.customers makes unique. Remove or merge the duplicates first.
-- orphan-rows: Rows of public.lines point to rows of public.orders that do not exist. Delete these rows, give them a target, or set them to NULL first.
-- orphan-rows: Rows of public.orders point to rows of public.customers that do not exist. Delete these rows, give them a target, or set them to NULL first.
-- rebuild-table: SQLite cannot do this in place, so public.orders is copied into a new table; nobody writes to the file meanwhile: drop index orders_customer of public.orders; drop foreign key orders_customer_fkey (customer) to public.customers (id) of public.orders; add column public.orders: placed text; add check orders_total_check (total >= 0) to public.orders; add foreign key orders_customer_fkey (customer) to public.customers (id) to public.orders. Apply it when nobody writes to the file, or while the table is small.
-- rebuild-table: SQLite cannot do this in place, so public.customers is copied into a new table; nobody writes to the file meanwhile: change collation of public.customers.email from none to NOCASE. Apply it when nobody writes to the file, or while the table is small.
-- build-index: Building unique constraint customers_email_key of public.customers reads every row of public.customers; nobody writes to the file meanwhile. Apply it when nobody writes to the file, or while the table is small.
-- build-index: Building index orders_customer of public.orders reads every row of public.orders; nobody writes to the file meanwhile. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
DROP VIEW "open_orders";
CREATE TABLE "orders__rebuilt" (
  "id" INTEGER NOT NULL,
  "customer" INTEGER NOT NULL,
  "total" INTEGER NOT NULL DEFAULT (0),
  "state" TEXT NOT NULL DEFAULT ('new'),
  "placed" TEXT,
  CONSTRAINT "orders_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "orders_total_check" CHECK (total >= 0),
  CONSTRAINT "orders_customer_fkey" FOREIGN KEY ("customer") REFERENCES "customers" ("id") ON DELETE CASCADE
) STRICT;
INSERT INTO "orders__rebuilt" ("id", "customer", "total", "state")
SELECT "id", "customer", "total", "state" FROM "orders";
DROP TABLE "orders";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "orders__rebuilt" RENAME TO "orders";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "lines" (
  "order_id" INTEGER NOT NULL,
  "line" INTEGER NOT NULL,
  "what" TEXT NOT NULL,
  CONSTRAINT "lines_pkey" PRIMARY KEY ("order_id", "line"),
  CONSTRAINT "lines_order_fkey" FOREIGN KEY ("order_id") REFERENCES "orders" ("id")
) STRICT, WITHOUT ROWID;
CREATE TABLE "customers__rebuilt" (
  "id" INTEGER NOT NULL,
  "email" TEXT NOT NULL COLLATE "NOCASE",
  "name" TEXT,
  CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
) STRICT;
INSERT INTO "customers__rebuilt" ("id", "email", "name")
SELECT "id", "email", "name" FROM "customers";
DROP TABLE "customers";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "customers__rebuilt" RENAME TO "customers";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "customers_email_key" /* constraint */ ON "customers" ("email");
CREATE INDEX "orders_customer" ON "orders" ("customer", "placed" DESC);
CREATE VIEW "open_orders" AS SELECT id, total, placed FROM orders WHERE state <> 'done';
CREATE TRIGGER "orders_place" AFTER INSERT ON orders WHEN NEW.placed IS NULL BEGIN UPDATE orders SET placed = 'today' WHERE id = NEW.id; END;
SELECT 1 FROM "open_orders" LIMIT 0;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
