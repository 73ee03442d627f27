using MassTransit;

namespace HaLong.Messaging.CrashHost;

[EntityName("sample.work-done.v1")]
[MessageUrn("sample.work-done.v1")]
internal sealed record WorkDone(Guid WorkId, string Name);

/// <summary>Emitted by the consumer of <see cref="WorkDone"/>.</summary>
[EntityName("sample.work-recorded.v1")]
[MessageUrn("sample.work-recorded.v1")]
internal sealed record WorkRecorded(Guid WorkId);
