using HaLong.Dossiers.Forms;

namespace HaLong.Dossiers.Filing.Checks;

/// <summary>The form is filled in as the version asks that the draft was opened with.</summary>
internal sealed class FormFieldsCheck(FormCheck forms) : ISubmissionCheck
{
    public async Task CheckAsync(FilingCase filing, Defects defects, CancellationToken ct)
    {
        if (await forms.CheckAsync(filing.Dossier, ct) is { } incomplete)
            defects.Add(incomplete);
    }
}
