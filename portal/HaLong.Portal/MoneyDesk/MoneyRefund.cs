using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.MoneyDesk;

/// <summary>The account to which money goes back.</summary>
public sealed record Payee(string? Bin, string? Account, string? Name)
{
    internal static Payee Of(IFormCollection form) => new(form.Text("payee.bin"), form.Text("payee.account"), form.Text("payee.name"));
}

/// <summary>Money that is given back.</summary>
/// <param name="State">proposed, approved, rejected, sent or paid.</param>
/// <param name="Bin">Of the collecting account that pays.</param>
public sealed record MoneyRefund(
    Guid Id, string State, long Amount, string Rule, string Reason, Guid? CaseId, Guid? PaymentId, string? UnitCode, string Bin, string Account, Payee? Payee,
    string ProposedBy, DateTimeOffset ProposedAt, string? ReviewedBy, DateTimeOffset? ReviewedAt, string? ReviewNote, Guid? PayoutId, string? BankReference,
    DateTimeOffset? PaidAt, uint Version)
{
    public string StateName => Words(State);

    public string Color => State switch { "paid" => "good", "rejected" => "neutral", "approved" or "sent" => "info", _ => "warning" };

    internal static readonly IReadOnlyList<string> States = ["proposed", "approved", "sent", "paid", "rejected"];

    internal static string Words(string state) => state switch
    {
        "proposed" => Text.Bilingual("Chờ duyệt", "To be agreed to"),
        "approved" => Text.Bilingual("Đã duyệt, chờ chi", "Agreed, to be paid out"),
        "sent" => Text.Bilingual("Đã gửi ngân hàng", "Sent to the bank"),
        "paid" => Text.Bilingual("Đã chi", "Paid"),
        "rejected" => Text.Bilingual("Không duyệt", "Not agreed to"),
        _ => state,
    };
}
