using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Filing.Checks;

/// <summary>The procedure is in force and can be filed in this way.</summary>
internal sealed class ProcedureCheck : ISubmissionCheck
{
    public Task CheckAsync(FilingCase filing, Defects defects, CancellationToken ct)
    {
        if (filing.Procedure.ValidTo < filing.Day)
            defects.Add(SubmissionErrors.ProcedureEnded, "procedureCode", SubmissionErrors.ProcedureEnded.Vi, SubmissionErrors.ProcedureEnded.En);
        else if (filing.Dossier.Counter is null && !filing.Content.CanBeFiledOnline && filing.Dossier.Channel is "online" or "assisted")
            defects.Add(DossierErrors.NotOnline, "procedureCode", DossierErrors.NotOnline.Vi, DossierErrors.NotOnline.En);
        return Task.CompletedTask;
    }
}

/// <summary>Every required component is there: as a file, as paper at the counter, or as the form that was filled in.</summary>
internal sealed class ComponentCheck : ISubmissionCheck
{
    public Task CheckAsync(FilingCase filing, Defects defects, CancellationToken ct)
    {
        var complete = filing.Dossier.CheckComplete(filing.Content, filing.Present);
        if (!complete.IsSuccess)
            defects.Add(complete.Error);
        return Task.CompletedTask;
    }
}

/// <summary>The files are still where they were put: a receipt must not vouch for what is gone.</summary>
internal sealed class FileCheck(FileStore store) : ISubmissionCheck
{
    public async Task CheckAsync(FilingCase filing, Defects defects, CancellationToken ct)
    {
        foreach (var file in filing.Files)
        {
            if (await store.ExistsAsync(file.Sha256, ct))
                continue;
            var error = SubmissionErrors.FileLost.Format(file.FileName);
            defects.Add(SubmissionErrors.FileLost, $"component{file.Component}", error.Vi, error.En);
        }
    }
}
