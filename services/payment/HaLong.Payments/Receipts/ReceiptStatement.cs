using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HaLong.Payments.Receipts;

/// <summary>
/// What a receipt says, for programs: sealed as a statement (JWS) beside the paper, so that whoever holds the published root verifies it off line.
/// The same receipt gives the same bytes, because they are what an attempt after a failure seals again.
/// </summary>
internal static class ReceiptStatement
{
    /// <summary>Media type of the sealed statement without "application/".</summary>
    public const string Type = "halong-payment-receipt+jwt";

    // E-signature seals no more.
    private const int MaxBytes = 16 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="receipt">What is stated.</param>
    /// <param name="original">The receipt that it lessens or ends; itself for a receipt.</param>
    /// <param name="pdfSha256">Of the sealed paper, lower-case hexadecimal.</param>
    public static byte[] Of(Receipt receipt, Receipt original, string pdfSha256)
    {
        var whole = Write(receipt, original, pdfSha256, named: true);
        // The names stand on the paper, whose hash is stated.
        return whole.Length <= MaxBytes ? whole : Write(receipt, original, pdfSha256, named: false);
    }

    private static byte[] Write(Receipt receipt, Receipt original, string pdfSha256, bool named)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", receipt.Id);
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(receipt.Kind.ToString()));
            json.WriteString("form", receipt.Form);
            json.WriteString("symbol", receipt.Symbol);
            if (receipt.Number is { } number)
                json.WriteNumber("number", number);
            json.WriteNumber("year", receipt.Year);
            json.WriteString("collector", receipt.Collector);
            json.WriteString("taxCode", receipt.TaxCode);
            json.WriteString("unitCode", receipt.UnitCode);
            json.WriteString("dossierCode", receipt.DossierCode);
            json.WriteString("procedureCode", receipt.ProcedureCode);
            json.WriteString("reference", receipt.Reference);
            WriteItems(json, receipt, named);
            json.WriteNumber("amount", receipt.Amount);
            json.WriteString("currency", "VND");
            json.WriteString("collectedAt", Time(receipt.CollectedAt));
            json.WriteString("issuedAt", Time(receipt.IssuedAt));
            if (receipt.OriginalId is not null)
                json.WriteString("original", $"{original.Symbol}/{original.Year}/{ReceiptSheet.NumberOf(original)}");
            if (receipt.Assumed)
                json.WriteBoolean("assumed", true);
            json.WriteString("pdfSha256", pdfSha256);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void WriteItems(Utf8JsonWriter json, Receipt receipt, bool named)
    {
        json.WriteStartArray("items");
        foreach (var item in receipt.Items.OrderBy(i => i.Line))
        {
            json.WriteStartObject();
            json.WriteString("kind", item.Kind);
            if (named)
                json.WriteString("name", item.NameVi);
            json.WriteNumber("amount", item.Amount);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
