using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Codes;

/// <summary>One-time codes for the other services.</summary>
internal sealed class AccountCodesGrpc(AccountCodes codes) : V1.AccountCodes.AccountCodesBase
{
    public override async Task<SendAccountCodeResponse> SendAccountCode(SendAccountCodeRequest request, ServerCallContext context)
    {
        var sent = await codes.SendAsync(Id(request.AccountId), request.Purpose, Id(request.Reference), request.Values, context.CancellationToken);
        return sent.IsSuccess
            ? new SendAccountCodeResponse
            {
                ChallengeId = sent.Value.ChallengeId.ToString(),
                ExpiresAt = sent.Value.ExpiresAt.ToTimestamp(),
                SentTo = sent.Value.SentTo
            }
            : throw new ErrorException(sent.Error);
    }

    public override async Task<CheckAccountCodeResponse> CheckAccountCode(CheckAccountCodeRequest request, ServerCallContext context)
    {
        var answer = await codes.CheckAsync(
            Id(request.AccountId), request.Purpose, Id(request.Reference), Id(request.ChallengeId), request.Code, context.CancellationToken);
        return answer.IsSuccess ? new CheckAccountCodeResponse() : throw new ErrorException(answer.Error);
    }

    // What is no UUID is nobody's.
    private static Guid Id(string text) => Guid.TryParse(text, out var id) ? id : Guid.Empty;
}
