using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Forms;

/// <summary>Binds a new draft to the form in force and fills in what is known.</summary>
internal sealed class FormOpening(DossierDbContext db, FormCatalogue forms, FormCheck check, Prefill prefill)
{
    /// <summary>A form chosen for a draft that is about to be opened.</summary>
    internal sealed record Opened(FormVersion? Version, string Data, IReadOnlyList<PrefilledValue> Prefilled, Error? Note);

    public async Task<Opened> ChooseAsync(string procedureCode, JsonElement data, bool fill, CancellationToken ct)
    {
        if (await forms.FindAsync(procedureCode, ct) is not { } version)
            return new Opened(null, data.GetRawText(), [], null);
        if (!fill)
            return new Opened(version, data.GetRawText(), [], null);
        var filled = await prefill.FillAsync(forms.Compile(version), data, ct);
        return new Opened(version, filled.Data, filled.Values, filled.Note);
    }

    /// <summary>Adds the binding, to be saved with the draft.</summary>
    public void Bind(Dossier dossier, Opened opened)
    {
        if (opened.Version is { } version)
            db.Add(new DossierForm { DossierId = dossier.Id, FormVersionId = version.Id, Prefilled = PrefilledValue.Write(opened.Prefilled) });
    }

    /// <summary>What the answer says about the form.</summary>
    public DraftNotes NotesOf(Dossier dossier, Opened opened) => new(
        opened.Version?.ContentHash, PrefilledField.StillThere(opened.Prefilled, JsonElement.Parse(dossier.Data)), opened.Note?.Message,
        opened.Version is { } version ? FieldWarning.Of(check.Defects(version, dossier.Data)) : []);
}

/// <summary>What is said about the form when a draft is opened or changed.</summary>
/// <param name="FormVersion">Version of the form the draft is bound to.</param>
/// <param name="Prefilled">Fields that the platform filled in when the draft was opened; null in answers to changes.</param>
/// <param name="PrefillNote">Why something that could have been filled in was not; null when nothing is missing.</param>
/// <param name="Warnings">One message for each field that needs one. Nothing of it keeps a draft from being saved.</param>
internal sealed record DraftNotes(string? FormVersion, IReadOnlyList<PrefilledField>? Prefilled, string? PrefillNote, IReadOnlyList<FieldWarning> Warnings);
