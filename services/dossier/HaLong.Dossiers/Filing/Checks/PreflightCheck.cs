using HaLong.Dossiers.Files.Checks;

namespace HaLong.Dossiers.Filing.Checks;

/// <summary>What was found in the files does not stand in the way: they open, can be read, and carry nothing active.</summary>
internal sealed class PreflightCheck(Preflight preflight) : ISubmissionCheck
{
    public async Task CheckAsync(FilingCase filing, Defects defects, CancellationToken ct)
    {
        if (await preflight.BlockingAsync(filing.Dossier.Id, ct) is { } unfit)
            defects.Add(unfit);
    }
}
