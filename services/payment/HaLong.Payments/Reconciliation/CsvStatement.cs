using System.Globalization;

namespace HaLong.Payments.Reconciliation;

/// <summary>Statements and reports as our own CSV. First line: what the file covers; second: names of the columns; then a line for each movement.</summary>
internal static class CsvStatement
{
    public const string Format = "csv";
    private static readonly string[] StatementColumns = ["booked_on", "bank_reference", "credit", "debit", "reversal", "text"];
    private static readonly string[] ReportColumns = ["booked_on", "transaction_id", "amount", "text"];

    /// <summary>First line: account,bin,account number,VND,from,to,opening,closing.</summary>
    public static StatementDraft? ReadStatement(Stream content, Faults faults)
    {
        var rows = CsvRows.Read(content, faults).GetEnumerator();
        if (Head(rows, "account", 8, faults) is not { } head || !Names(rows, StatementColumns, faults))
            return null;
        if (head[3] != "VND")
            faults.Add(1, "Tiền tệ phải là VND.", "The currency must be VND.");
        var (from, to, opening, closing) = (Day(head[4], 1, faults), Day(head[5], 1, faults), Number(head[6], 1, faults), Number(head[7], 1, faults));
        var entries = new List<EntryDraft>();
        foreach (var (line, cells) in Rest(rows, StatementColumns.Length, faults))
        {
            var (credit, debit) = (Number(cells[2], line, faults, "0"), Number(cells[3], line, faults, "0"));
            if (credit < 0 || debit < 0 || (credit == 0) == (debit == 0))
                faults.Add(line, "Ghi có hoặc ghi nợ: đúng một số dương.", "Credit or debit: exactly one of them, positive.");
            if (cells[4] is not ("" or "Y"))
                faults.Add(line, "Cột reversal để trống hoặc Y.", "The column reversal is empty or Y.");
            entries.Add(new EntryDraft(line, Day(cells[0], line, faults), cells[1].Trim(), credit - debit, cells[4] == "Y", cells[5]));
        }
        return new StatementDraft(Format, head[1], head[2], from, to, opening, closing, entries);
    }

    /// <summary>First line: provider,name,from,to,count,total.</summary>
    public static StatementDraft? ReadReport(Stream content, Faults faults)
    {
        var rows = CsvRows.Read(content, faults).GetEnumerator();
        if (Head(rows, "provider", 6, faults) is not { } head || !Names(rows, ReportColumns, faults))
            return null;
        var (from, to, count, total) = (Day(head[2], 1, faults), Day(head[3], 1, faults), Number(head[4], 1, faults), Number(head[5], 1, faults));
        var entries = new List<EntryDraft>();
        foreach (var (line, cells) in Rest(rows, ReportColumns.Length, faults))
            entries.Add(new EntryDraft(line, Day(cells[0], line, faults), cells[1].Trim(), Number(cells[2], line, faults), Reversal: false, cells[3]));
        if (count != entries.Count || total != entries.Sum(e => (decimal)e.Amount))
            faults.Add(1, $"Tệp có {entries.Count} giao dịch.", $"The file has {entries.Count} transactions that make {entries.Sum(e => (decimal)e.Amount)}.");
        return new StatementDraft(Format, null, head[1], from, to, null, null, entries);
    }

    private static List<string>? Head(IEnumerator<(int Line, List<string> Cells)> rows, string word, int cells, Faults faults)
    {
        if (rows.MoveNext() && rows.Current is { Line: 1 } first && first.Cells.Count == cells && first.Cells[0] == word)
            return first.Cells;
        faults.Add(1, $"Dòng đầu phải bắt đầu bằng {word} và có {cells} ô.", $"The first line begins with {word} and has {cells} cells.");
        return null;
    }

    private static bool Names(IEnumerator<(int Line, List<string> Cells)> rows, string[] names, Faults faults)
    {
        if (rows.MoveNext() && rows.Current.Cells.SequenceEqual(names))
            return true;
        faults.Add(2, "Tên cột: " + string.Join(',', names), "The columns are " + string.Join(',', names));
        return false;
    }

    private static IEnumerable<(int Line, List<string> Cells)> Rest(IEnumerator<(int Line, List<string> Cells)> rows, int cells, Faults faults)
    {
        for (var read = 0; rows.MoveNext(); read++)
        {
            if (read == StatementDraft.MostEntries)
            {
                faults.Add(rows.Current.Line, "Tệp quá nhiều dòng.", "The file has too many lines.");
                yield break;
            }
            if (rows.Current.Cells.Count == cells)
                yield return rows.Current;
            else
                faults.Add(rows.Current.Line, $"Dòng phải có {cells} ô.", $"The line must have {cells} cells.");
        }
    }

    private static DateOnly Day(string text, int line, Faults faults)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        faults.Add(line, "Ngày không hợp lệ, ví dụ 2026-11-30.", "Not a day; for example 2026-11-30.");
        return default;
    }

    private static long Number(string text, int line, Faults faults, string empty = "")
    {
        if (long.TryParse(text.Length == 0 ? empty : text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        faults.Add(line, "Số đồng nguyên, không dấu phân cách.", "A whole number of đồng without separators.");
        return 0;
    }
}
