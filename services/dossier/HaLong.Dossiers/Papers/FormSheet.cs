using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Papers;

/// <summary>What is needed to draw a form.</summary>
/// <param name="Form">The form that was issued.</param>
/// <param name="Data">What it says.</param>
/// <param name="QrText">What the QR code holds.</param>
/// <param name="LookUpUrl">Where people can type the code.</param>
internal sealed record FormSheet(IssuedForm Form, FormData Data, string QrText, string LookUpUrl)
{
    /// <summary>All rows of a control slip.</summary>
    public IReadOnlyList<HandOverRow> HandOvers { get; init; } = [];

    /// <summary>Not sealed yet, and says so.</summary>
    public bool Draft { get; init; }

    /// <summary>Number of the slip: of the receipt the code of the dossier, of others with their place in it.</summary>
    public string Number => Form.Kind == PaperForm.Receipt ? Data.Code : $"{Data.Code}/{Form.Serial:00}";

    /// <summary>The form as a PDF, by kind; its look by regime.</summary>
    public byte[] Render() => PdfSheet.Render(
        Paper.A5, $"{FormLook.Title(Form.Kind, Form.Regime)} {Number}", Data.Agency, Form.CreatedAt, sheet => FormWriters.Of(Form.Kind)(sheet, this));
}
