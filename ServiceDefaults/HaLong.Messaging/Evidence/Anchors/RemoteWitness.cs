using System.Globalization;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using HaLong.Messaging.V1;
using Microsoft.Extensions.Options;

namespace HaLong.Messaging;

/// <summary>The witness, asked by gRPC.</summary>
internal sealed class RemoteWitness(Witness.WitnessClient client, IOptions<EvidenceOptions> options) : IWitness
{
    private const int PageSize = 200;

    // gRPC compares with the system's clock, so a clock of a test must not set it.
    private DateTime Deadline => TimeProvider.System.GetUtcNow().UtcDateTime + options.Value.WitnessTimeout;

    public async Task<WitnessedAnchor> WitnessAsync(AnchorStatement statement, CancellationToken ct)
    {
        var answer = await client.WitnessAnchorAsync(new WitnessAnchorRequest { Anchor = statement.ToMessage() }, deadline: Deadline, cancellationToken: ct);
        return new WitnessedAnchor(Guid.Parse(answer.Id), answer.Anchor.ToStatement(), answer.Token.ToByteArray(),
            DateTimeOffset.Parse(answer.StampedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
    }

    public async IAsyncEnumerable<KeptAnchorEntry> ReadAsync(string service, int fromPartition, int toPartition, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var after = ""; ;)
        {
            var page = await client.ListAnchorsAsync(
                new ListAnchorsRequest { Service = service, FromPartition = fromPartition, ToPartition = toPartition, After = after, Limit = PageSize },
                deadline: Deadline, cancellationToken: ct);
            foreach (var kept in page.Anchors)
            {
                yield return new KeptAnchorEntry(Guid.Parse(kept.Id), kept.Anchor.ToStatement(), kept.TokenSha256.ToByteArray(), kept.TimeStampHolds);
            }

            if (page.Anchors.Count < PageSize)
            {
                yield break;
            }

            after = page.Anchors[^1].Id;
        }
    }
}

/// <summary>Anchors on the wire.</summary>
public static class AnchorMessages
{
    /// <summary>As a message.</summary>
    public static Anchor ToMessage(this AnchorStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return new Anchor
        {
            Service = statement.Service,
            Partition = statement.Partition,
            From = statement.From,
            To = statement.To,
            Root = ByteString.CopyFrom(statement.Root),
            Head = ByteString.CopyFrom(statement.Head),
            Previous = ByteString.CopyFrom(statement.Previous),
        };
    }

    /// <summary>As a statement.</summary>
    public static AnchorStatement ToStatement(this Anchor message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new AnchorStatement(message.Service, message.Partition, message.From, message.To, message.Root.ToByteArray(), message.Head.ToByteArray(),
            message.Previous.ToByteArray());
    }
}
