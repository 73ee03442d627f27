using HaLong.ServiceDefaults;
using MassTransit;
using Npgsql;

namespace HaLong.Messaging;

/// <summary>
/// Tells a message that cannot be handled from a server that is away. The first ends in the error queue within seconds; the second is
/// waited for, so that a restart of the database or of a neighbour leaves nothing for the operator to replay.
/// </summary>
internal static class Outages
{
    /// <summary>About 20 minutes: the broker itself takes an unacknowledged message back after 30.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10),
        .. Enumerable.Repeat(TimeSpan.FromSeconds(15), 80),
    ];

    public static void WaitOut(IRetryConfigurator retry)
    {
        retry.Handle<Exception>(IsOutage);
        retry.Intervals(Pauses);
    }

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
