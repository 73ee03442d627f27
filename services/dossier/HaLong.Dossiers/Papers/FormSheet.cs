using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Papers;

namespace HaLong.Dossiers.Papers;

/// <summary>A form about to be drawn.</summary>
/// <param name="Content">What it says.</param>
/// <param name="QrText">What the QR code holds.</param>
/// <param name="LookUpUrl">Where people can follow the dossier.</param>
internal sealed record FormSheet(FormContent Content, string QrText, string LookUpUrl)
{
    /// <summary>Not sealed, and says so.</summary>
    public bool Draft { get; init; }

    public IssuedForm Form => Content.Form;

    public FormData Data => Content.Data;

    /// <summary>Number of the slip: of the receipt the code of the dossier, of others with their place in it.</summary>
    public string Number => Form.Kind == PaperForm.Receipt ? Data.Code : $"{Data.Code}/{Form.Serial:00}";

    /// <summary>The form as a PDF, by kind; its look by regime.</summary>
    public byte[] Render() => PdfSheet.Render(
        Paper.A5, $"{FormLook.Title(Form.Kind, Form.Regime)} {Number}", Data.Agency, Form.CreatedAt, sheet => FormWriters.Of(Form.Kind)(sheet, this));
}
