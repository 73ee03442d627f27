using System.Globalization;
using System.Xml.Linq;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Reconciliation;

/// <summary>One child of a camt statement: an account, a balance or an entry.</summary>
internal sealed class CamtPart(XElement element, int line, Faults faults)
{
    public string Name => element.Name.LocalName;

    public void Fault(string vi, string en) => faults.Add(line, vi, en);

    /// <summary>Text of a descendant by its path; null when there is none.</summary>
    public string? Text(params string[] path) => TextOf(element, path);

    public DateOnly? Day(params string[] path)
    {
        var at = path.Aggregate((XElement?)element, (e, name) => e is null ? null : Child(e, name));
        var text = at is null ? null : TextOf(at, "Dt") ?? TextOf(at, "DtTm") ?? at.Value.Trim();
        if (text is null)
            return null;
        if (text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        // A time without an offset is the bank's own, which is ours.
        if (text.Length > 10 && text[10] == 'T' && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
            return time.Kind == DateTimeKind.Unspecified ? DateOnly.FromDateTime(time) : LocalTime.Date(new DateTimeOffset(time));
        Fault("Ngày không hợp lệ.", "Not a day.");
        return null;
    }

    /// <summary>Đồng: whole, in VND.</summary>
    public long Amount(params string[] path) => AmountOf(path.Aggregate((XElement?)element, (e, name) => e is null ? null : Child(e, name)));

    /// <summary>Negative for a debit.</summary>
    public long Signed(long amount) => Sign(element) * amount;

    /// <summary>The movements of an entry: itself, or each transaction of a batch.</summary>
    public IEnumerable<EntryDraft> Entries()
    {
        var (total, day) = (Amount("Amt"), Day("BookgDt"));
        if (day is null)
            Fault("Thiếu ngày hạch toán.", "The booking date is missing.");
        // Not NtryRef: that counts within one statement, and would make movements of different days look the same.
        var number = Text("AcctSvcrRef");
        var reversal = Text("RvslInd") is "true" or "1";
        var parts = element.Elements().Where(e => e.Name.LocalName == "NtryDtls").SelectMany(e => e.Elements()).Where(e => e.Name.LocalName == "TxDtls").ToList();
        if (parts.Count <= 1)
        {
            var only = parts.FirstOrDefault();
            var own = number ?? (only is null ? null : NumberOf(only));
            if (own is null)
                Fault("Thiếu số giao dịch (AcctSvcrRef).", "The bank's number is missing (AcctSvcrRef).");
            return [new EntryDraft(line, day ?? default, own ?? "", Signed(total), reversal, only is null ? Text("AddtlNtryInf") ?? "" : TextOfTransaction(only))];
        }
        var entries = parts.Select((p, i) => new EntryDraft(
            line, day ?? default, NumberOf(p) ?? $"{number}/{i + 1}", Sign(Child(p, "CdtDbtInd") is null ? element : p) * AmountOf(Child(p, "Amt") ?? Child(Child(Child(p, "AmtDtls"), "TxAmt"), "Amt")),
            reversal, TextOfTransaction(p))).ToList();
        if (entries.Sum(e => (decimal)e.Amount) != Signed(total))
            Fault("Tổng các giao dịch trong lô khác số tiền của bút toán.", "The transactions of the batch do not make its amount.");
        if (number is null && parts.Exists(p => NumberOf(p) is null))
            Fault("Thiếu số giao dịch (AcctSvcrRef).", "The bank's number is missing (AcctSvcrRef).");
        return entries;
    }

    private int Sign(XElement of)
    {
        switch (TextOf(of, "CdtDbtInd"))
        {
            case "CRDT":
                return 1;
            case "DBIT":
                return -1;
            default:
                Fault("CdtDbtInd phải là CRDT hoặc DBIT.", "CdtDbtInd must be CRDT or DBIT.");
                return 1;
        }
    }

    private long AmountOf(XElement? amount)
    {
        if (amount is null || !decimal.TryParse(amount.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value != decimal.Truncate(value)
            || value > Domain.PaymentRequest.MaxAmount)
        {
            Fault("Số tiền phải là số đồng nguyên, tối đa 13 chữ số.", "The amount must be whole đồng with 13 digits at most.");
            return 0;
        }
        if (amount.Attribute("Ccy")?.Value != "VND")
            Fault("Tiền tệ phải là VND.", "The currency must be VND.");
        return (long)value;
    }

    private static string? NumberOf(XElement transaction) =>
        TextOf(transaction, "Refs", "AcctSvcrRef") ?? TextOf(transaction, "Refs", "TxId");

    private static string TextOfTransaction(XElement transaction) =>
        Child(transaction, "RmtInf") is { } info ? string.Join(' ', info.Elements().Where(e => e.Name.LocalName == "Ustrd").Select(e => e.Value.Trim())) : TextOf(transaction, "AddtlTxInf") ?? "";

    private static XElement? Child(XElement? of, string name) => of?.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    private static string? TextOf(XElement of, params string[] path) =>
        path.Aggregate((XElement?)of, (e, name) => e is null ? null : Child(e, name)) is { HasElements: false } found && found.Value.Trim() is { Length: > 0 } text ? text : null;
}
