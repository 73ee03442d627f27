using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using HaLong.Identity.V1;

namespace HaLong.Dossiers.Tests;

/// <summary>Plays identity's search by personal number: a small real gRPC service that hears who asks.</summary>
internal sealed class NumberSearch(Neighbours owner) : AccountSearch.AccountSearchBase
{
    /// <summary>Accounts under a number, by number.</summary>
    public static ConcurrentDictionary<string, Guid[]> Numbers { get; } = new();

    /// <summary>Every question: the token, the purpose.</summary>
    public static ConcurrentQueue<(string Token, string Purpose)> Asked { get; } = new();

    /// <summary>This number has been looked for too often.</summary>
    public const string TooOften = "000000000429";

    public override Task<FindByPersonalNumberResponse> FindByPersonalNumber(FindByPersonalNumberRequest request, ServerCallContext context)
    {
        if (owner.IdentityDown)
            throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "down"));
        Asked.Enqueue((context.RequestHeaders.GetValue("authorization") ?? "", request.Purpose));
        if (request.PersonalNumber == TooOften)
            throw TooMany();
        return Task.FromResult(new FindByPersonalNumberResponse { AccountIds = { Numbers.GetValueOrDefault(request.PersonalNumber, []).Select(id => id.ToString()) } });
    }

    /// <summary>A number that nobody had before, for this account.</summary>
    public static string NumberOf(params Guid[] accounts)
    {
        var number = string.Concat(Guid.CreateVersion7().ToByteArray().Where(b => b > 0).Take(12).Select(b => (char)('0' + (b % 10)))).PadRight(12, '7');
        Numbers[number] = accounts;
        return number;
    }

    // As the real one says it: with its code, so that it survives to the official.
    private static RpcException TooMany()
    {
        var info = new ErrorInfo { Domain = "halong", Reason = "IDN-1172", Metadata = { ["kind"] = "TooMany", ["vi"] = "Quá nhiều lần.", ["en"] = "Too often." } };
        return new Google.Rpc.Status { Code = (int)StatusCode.ResourceExhausted, Details = { Any.Pack(info) } }.ToRpcException();
    }
}
