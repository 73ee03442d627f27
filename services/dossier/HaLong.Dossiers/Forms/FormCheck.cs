using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Forms;

/// <summary>Checks what was typed into a dossier's form, by the version it was opened with.</summary>
internal sealed class FormCheck(FormCatalogue forms, TimeProvider time)
{
    /// <summary>What stands in the way of submission: one message for each field (JSON pointer → what to do), or null.</summary>
    public async Task<Error?> CheckAsync(Dossier dossier, CancellationToken ct)
    {
        var defects = (await DefectsAsync(dossier, ct)).Where(d => d.Kind != DefectKind.Hint).ToList();
        return defects.Count == 0
            ? null
            : FormErrors.Incomplete with { FieldMessages = [.. defects.Select(d => new FieldMessage(Pointers.Data + d.Pointer, d.Vi, d.En))] };
    }

    /// <summary>Everything to say about a dossier's form; nothing for dossiers older than forms.</summary>
    public async Task<IReadOnlyList<FieldDefect>> DefectsAsync(Dossier dossier, CancellationToken ct) =>
        await forms.OfDossierAsync(dossier.Id, ct) is { } bound ? Defects(bound.Version, dossier.Data) : [];

    /// <summary>The same when the version is known.</summary>
    public IReadOnlyList<FieldDefect> Defects(FormVersion version, string data) =>
        forms.Compile(version).Check(JsonElement.Parse(data), LocalTime.Date(time.GetUtcNow()));
}
