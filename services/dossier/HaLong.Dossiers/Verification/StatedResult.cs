using System.Globalization;
using HaLong.Dossiers.Papers;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Verification;

/// <summary>What a result says, as printed: its hash is in its QR code. Times are local, to the minute.</summary>
internal sealed record StatedResult(
    string Code, string Unit, string Procedure, string Owner, string Subject, string Decision, string Approver, string AcceptedAt, string ApprovedAt)
{
    public static StatedResult Of(ResultText text) => new(
        text.Code, Printed(text.UnitName), text.ProcedureCode, Printed(text.OwnerName), Printed(text.Subject), Printed(text.Decision), Printed(text.ApproverName),
        Minute(text.AcceptedAt), Minute(text.ApprovedAt));

    /// <summary>Text in the composed form in which papers show it.</summary>
    private static string Printed(string text) => text.Normalize(System.Text.NormalizationForm.FormC);

    private static string Minute(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, LocalTime.Zone).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
