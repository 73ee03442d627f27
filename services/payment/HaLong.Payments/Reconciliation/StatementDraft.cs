using System.Text.RegularExpressions;
using HaLong.Payments.Cash;
using HaLong.Payments.Domain;
using HaLong.Payments.Ledger;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Reconciliation;

/// <summary>An entry as a file has it.</summary>
internal sealed record EntryDraft(int Line, DateOnly BookedOn, string BankReference, long Amount, bool Reversal, string Text)
{
    private const int LongestKey = 200;

    /// <summary>See <see cref="StatementEntry.MatchKey"/>.</summary>
    public string MatchKey
    {
        get
        {
            var (ours, deposits) = (PaymentReference.FindIn(Text), PaymentReference.FindIn(Text, TillShift.ReferencePrefix));
            if (ours.Count == 1 || deposits.Count == 1)
                return ours.Count == 1 ? ours[0] : deposits[0];
            var plain = string.Concat(Text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
            return RefundKey.Of(plain) ?? (plain.Length <= LongestKey ? plain : plain[..LongestKey]);
        }
    }
}

/// <summary>The text that our payout files put on a refund.</summary>
internal static partial class RefundKey
{
    public static string? Of(string plain) => Pattern().Match(plain) is { Success: true } match ? match.Value : null;

    [GeneratedRegex("HOANPHI[0-9A-F]{12}")]
    private static partial Regex Pattern();
}

/// <summary>A file as it was read. <see cref="Check"/> says what does not fit together.</summary>
internal sealed record StatementDraft(
    string Format, string? Bin, string Account, DateOnly From, DateOnly To, long? Opening, long? Closing, IReadOnlyList<EntryDraft> Entries)
{
    public const int MostEntries = 500_000;
    private const int LongestPeriod = 31;

    /// <summary>Adds what does not fit together.</summary>
    public void Check(Faults faults)
    {
        if (From < LedgerArea.FirstDay || To < From || To.DayNumber - From.DayNumber > LongestPeriod)
            faults.Add(1, "Khoảng ngày không hợp lệ (tối đa 31 ngày).", "The period is not valid (31 days at most).");
        if (Opening is { } opening && Closing is { } closing && opening + Entries.Sum(e => (decimal)e.Amount) != closing)
            faults.Add(1, $"Số dư đầu cộng phát sinh là {opening + Entries.Sum(e => (decimal)e.Amount)}, không phải {closing}.",
                $"Opening balance and movements make {opening + Entries.Sum(e => (decimal)e.Amount)}, not {closing}.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var e in Entries)
        {
            if (!seen.Add(e.BankReference))
                faults.Add(e.Line, "Số giao dịch lặp lại trong tệp.", "The bank's number stands in the file twice.");
            if (e.BookedOn < From || e.BookedOn > To)
                faults.Add(e.Line, "Ngày hạch toán ngoài khoảng của tệp.", "Booked outside the period of the file.");
            if (e.Amount == 0 || Math.Abs((decimal)e.Amount) > PaymentRequest.MaxAmount)
                faults.Add(e.Line, "Số tiền phải khác 0, tối đa 13 chữ số.", "The amount is not nothing and has 13 digits at most.");
            if (e.BankReference.Length is 0 or > 100 || e.BankReference.Any(char.IsControl))
                faults.Add(e.Line, "Số giao dịch có từ 1 đến 100 ký tự.", "The bank's number has 1 to 100 characters.");
            if (e.Text.Length > 500 || e.Text.Contains('\0'))
                faults.Add(e.Line, "Nội dung tối đa 500 ký tự.", "The text has 500 characters at most.");
        }
    }
}

/// <summary>All that is wrong with a file, by line.</summary>
internal sealed class Faults
{
    private const int Most = 100;
    private readonly List<(int Line, string Vi, string En)> found = [];

    public bool Any => found.Count > 0;

    public void Add(int line, string vi, string en) => found.Add((line, vi, en));

    /// <summary>The refusal: the first hundred, and how many more there are.</summary>
    public Error ToError()
    {
        var error = found.OrderBy(f => f.Line).Take(Most).Aggregate(ReconciliationErrors.BadFile, (e, f) => e.WithField($"line {f.Line}", f.Vi, f.En));
        return found.Count <= Most ? error : error.WithField("more", $"Còn {found.Count - Most} lỗi.", $"{found.Count - Most} more.");
    }
}
