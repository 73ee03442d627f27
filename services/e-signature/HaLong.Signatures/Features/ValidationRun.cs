using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Validation;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Features;

/// <summary>What every validation has around it: a free place, what we know, measurement; and issuers asked where the file does not say.</summary>
internal sealed class ValidationRun(TrustSource sources, StatusFetcher fetcher, ValidationSlots slots, TimeProvider time, SignatureTelemetry telemetry)
{
    /// <param name="name">Name of the span.</param>
    /// <param name="size">Size of the file in bytes.</param>
    /// <param name="parts">What its signatures refer to.</param>
    /// <param name="validate">Validates; called again when issuers told more.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>SIG-0010 when no place gets free.</returns>
    public async Task<Result<ValidationReport>> RunAsync(string name, long size, Func<SignatureParts> parts,
        Func<Trust, DateTimeOffset, ValidationReport> validate, CancellationToken ct)
    {
        using var activity = SignatureTelemetry.Source.StartActivity(name);
        activity?.SetTag("halong.document.size", size);
        await sources.ReadyAsync(ct);
        if (!await slots.EnterAsync(ct))
            return Refuse(SignatureErrors.Busy);
        try
        {
            var start = time.GetTimestamp();
            var report = await RunAsync(parts, validate, ct);
            telemetry.Validated(report.Indication.ToString(), time.GetElapsedTime(start));
            activity?.SetTag("halong.indication", report.Indication);
            return report;
        }
        finally
        {
            slots.Leave();
        }
    }

    public Error Refuse(Error error)
    {
        telemetry.Refused(error.Code);
        return error;
    }

    private async Task<ValidationReport> RunAsync(Func<SignatureParts> parts, Func<Trust, DateTimeOffset, ValidationReport> validate, CancellationToken ct)
    {
        var (trust, now) = (await sources.ForAsync(parts(), ct), time.GetUtcNow());
        var report = validate(trust, now);
        var unknown = report.Signatures.SelectMany(s => s.Detail.Unknown).ToList();
        if (!fetcher.IsOn || unknown.Count == 0)
            return report;
        var fetched = await fetcher.FetchAsync(unknown, ct);
        // What was fetched is newer than the moment of asking.
        return fetched.Answers.Count + fetched.Lists.Count == 0 ? report : validate(trust with { Fetched = fetched }, time.GetUtcNow());
    }
}

/// <summary>Anyone may validate, so the work one replica does at a time is bounded.</summary>
internal sealed class ValidationSlots(IOptions<ValidationOptions> options) : IDisposable
{
    private readonly SemaphoreSlim free = new(options.Value.MaxConcurrent);

    public Task<bool> EnterAsync(CancellationToken ct) => free.WaitAsync(TimeSpan.FromSeconds(options.Value.MaxWaitSeconds), ct);

    public void Leave() => free.Release();

    public void Dispose() => free.Dispose();
}
