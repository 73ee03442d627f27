using System.Globalization;
using HaLong.Papers;

namespace HaLong.Signatures.Pdf;

/// <summary>Draws what a signature shows: who, why, when, and a code that leads to the verification.</summary>
internal static class AppearanceWriter
{
    private const float Inset = 3;

    /// <summary>What the signature says, in words: also for who hears the page read.</summary>
    public static IReadOnlyList<string> Lines(SignatureDetails details) =>
    [
        "Ký bởi: " + details.Name,
        .. details.Reason.Length == 0 ? Array.Empty<string>() : ["Lý do: " + details.Reason],
        .. details.Location.Length == 0 ? Array.Empty<string>() : ["Nơi ký: " + details.Location],
        string.Create(CultureInfo.InvariantCulture, $"Thời gian: {details.ClaimedAt:dd/MM/yyyy HH:mm:ss zzz}"),
    ];

    /// <returns>The form XObject.</returns>
    public static PdfReference Write(RevisionWriter writer, SignaturePlace place, SignatureDetails details, string qrText)
    {
        var turned = place.Page.Rotation is 90 or 270;
        var drawing = turned ? new Drawing((float)place.Box.Height, (float)place.Box.Width) : new Drawing((float)place.Box.Width, (float)place.Box.Height);
        drawing.Frame();
        var side = qrText.Length == 0 ? 0 : Math.Min(drawing.Height, drawing.Width / 2) - (2 * Inset);
        if (side > 0)
            drawing.Qr(qrText, Inset, Inset, side);
        drawing.Text(Lines(details), Inset + (side > 0 ? side + Inset : 0), Inset, drawing.Width - Inset, drawing.Height - Inset);

        var resources = RevisionWriter.Parse(drawing.Resources(writer.AddText, writer.AddPacked));
        return writer.AddStream(Drawing.Pack(drawing.Content), RevisionWriter.Dictionary(
            ("Type", new PdfName("XObject")), ("Subtype", new PdfName("Form")),
            ("BBox", RevisionWriter.Parse(string.Create(CultureInfo.InvariantCulture, $"[0 0 {drawing.Width:0.##} {drawing.Height:0.##}]"))),
            // Turned against the page, so that it is seen upright.
            ("Matrix", RevisionWriter.Parse(place.Page.Rotation switch { 90 => "[0 1 -1 0 0 0]", 180 => "[-1 0 0 -1 0 0]", 270 => "[0 -1 1 0 0 0]", _ => "[1 0 0 1 0 0]" })),
            ("Resources", resources), ("Filter", new PdfName("FlateDecode"))));
    }
}
