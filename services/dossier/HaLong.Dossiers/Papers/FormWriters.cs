using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Papers.Kinds;
using HaLong.Papers;

namespace HaLong.Dossiers.Papers;

/// <summary>Who draws which form.</summary>
internal static class FormWriters
{
    public static Action<PdfSheet, FormSheet> Of(string kind) => kind switch
    {
        PaperForm.Receipt => ReceiptPaper.Write,
        PaperForm.Supplement => SupplementPaper.Write,
        PaperForm.Refusal => RefusalPaper.Write,
        PaperForm.Apology => ApologyPaper.Write,
        PaperForm.Stop => StopPaper.Write,
        PaperForm.Control => ControlPaper.Write,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a form of a dossier."),
    };
}
