using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace HaLong.Messaging;

/// <summary>
/// Tells a message that cannot be handled from a server that is away. The first ends in the error queue within seconds; the second is
/// waited for, so that a restart of the database or of a neighbour leaves nothing for the operator to replay.
/// </summary>
internal sealed class Outages(IHostApplicationLifetime lifetime)
{
    /// <summary>About 20 minutes: the broker itself takes an unacknowledged message back after 30.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10),
        .. Enumerable.Repeat(TimeSpan.FromSeconds(15), 80),
    ];

    public void WaitOut(IRetryConfigurator retry)
    {
        retry.Handle<Exception>(Excuse);
        retry.Intervals(Pauses);
    }

    /// <summary>True when the failure is not the message's: an outage, or this host is stopping and its services are going one by one.</summary>
    public bool Excuse(Exception exception) => lifetime.ApplicationStopping.IsCancellationRequested || IsOutage(exception);

    public static bool IsOutage(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected }:
                    return false;
                case NpgsqlException { IsTransient: true }:
                case ErrorException { Error.Kind: ErrorKind.Unavailable or ErrorKind.Timeout or ErrorKind.TooMany }:
                    return true;
            }
        }

        return false;
    }
}
