using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cades;
using HaLong.Signatures.Domain;
using HaLong.Signatures.V1;
using Microsoft.AspNetCore.Authorization;

namespace HaLong.Signatures.Features;

/// <summary>gRPC: map, handle, map.</summary>
internal sealed class SigningGrpc(SignPdf signPdf, SignFile signFile, SignStatement signStatement, ValidatePdf validatePdf) : Signing.SigningBase
{
    [Authorize(SignaturePolicies.Sign)]
    public override async Task<SignPdfResponse> SignPdf(SignPdfRequest request, ServerCallContext context)
    {
        var caller = AsHimself(context, request.UnitCode, request.SignerId);
        var result = await signPdf.HandleAsync(
            new SignatureRequest(Id(request.DocumentId), request.Pdf.Memory, request.UnitCode, Id(request.SignerId), request.Reason,
                request.Location, caller.Subject),
            context.CancellationToken);
        if (!result.IsSuccess)
            throw new ErrorException(result.Error);
        var (signature, content) = result.Value;
        return new SignPdfResponse
        {
            SignatureId = signature.Id.ToString(),
            SignedPdf = UnsafeByteOperations.UnsafeWrap(content),
            Sha256 = signature.SignedSha256,
            SignerSubject = signature.SignerSubject,
            SignedAt = Time(signature.SignedAt),
        };
    }

    [Authorize(SignaturePolicies.Validate)]
    public override async Task<ValidatePdfResponse> ValidatePdf(ValidatePdfRequest request, ServerCallContext context)
    {
        var result = await validatePdf.HandleAsync(request.Pdf.Memory, context.CancellationToken);
        if (!result.IsSuccess)
            throw new ErrorException(result.Error);
        var response = new ValidatePdfResponse { Indication = ValidationView.Word(result.Value.Indication) };
        response.Signatures.AddRange(result.Value.Signatures.Select(s => new SignatureReport
        {
            Indication = ValidationView.Word(s.Indication),
            SignerSubject = s.SignerSubject,
            ClaimedAt = s.ClaimedAt is { } at ? Time(at) : "",
            CoversWholeFile = s.CoversWholeFile,
            Reasons = { s.Reasons },
            TimeStampedAt = s.TimeStampedAt is { } proven ? Time(proven) : "",
            Level = s.Level,
        }));
        return response;
    }

    [Authorize(SignaturePolicies.Sign)]
    public override async Task<SignFileResponse> SignFile(SignFileRequest request, ServerCallContext context)
    {
        var caller = AsHimself(context, request.UnitCode, request.SignerId);
        var result = await signFile.HandleAsync(
            new FileRequest(Id(request.DocumentId), request.Name, request.MimeType.Length == 0 ? CadesSigner.AnyType : request.MimeType,
                request.HashAlgorithm, request.Hash.ToByteArray(), request.UnitCode, Id(request.SignerId), caller.Subject),
            context.CancellationToken);
        if (!result.IsSuccess)
            throw new ErrorException(result.Error);
        var signature = result.Value;
        return new SignFileResponse
        {
            SignatureId = signature.Id.ToString(),
            Signature = UnsafeByteOperations.UnsafeWrap(signature.Revision),
            Name = request.Name + ".p7s",
            SignerSubject = signature.SignerSubject,
            SignedAt = Time(signature.SignedAt),
            Level = signature.Level,
        };
    }

    [Authorize(Policies.Internal)]
    public override async Task<SignStatementResponse> SignStatement(SignStatementRequest request, ServerCallContext context)
    {
        var result = await signStatement.HandleAsync(
            new StatementRequest(Id(request.DocumentId), request.Type, request.Payload.Memory, request.UnitCode, Id(request.SignerId),
                Caller.From(context.GetHttpContext().User).Subject),
            context.CancellationToken);
        if (!result.IsSuccess)
            throw new ErrorException(result.Error);
        var (signature, compact) = result.Value;
        return new SignStatementResponse
        {
            SignatureId = signature.Id.ToString(),
            Jws = compact,
            SignerSubject = signature.SignerSubject,
            SignedAt = Time(signature.SignedAt),
        };
    }

    // A service vouches for whom it asks; a person signs for himself.
    private static Caller AsHimself(ServerCallContext context, string unit, string signer)
    {
        var user = context.GetHttpContext().User;
        var caller = Caller.From(user);
        return user.HasScope(Policies.InternalScope) || (caller.Unit == unit
            && caller.AccountId.ToString().Equals(signer, StringComparison.OrdinalIgnoreCase))
            ? caller : throw new ErrorException(SignatureErrors.OtherUnit);
    }

    private static Guid Id(string text) => Guid.TryParseExact(text, "D", out var id) ? id : Guid.Empty;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Policies of the gRPC methods.</summary>
internal static class SignaturePolicies
{
    /// <summary>A service of the platform, or an approver.</summary>
    public const string Sign = "Signatures.Sign";

    /// <summary>A service of the platform, or anybody signed in.</summary>
    public const string Validate = "Signatures.Validate";

    /// <summary>A person in his own name: no delegate, helper or representative.</summary>
    public const string Owner = "Signatures.Owner";

    /// <summary>A person in his own name by software that may sign: scopes halong.api and halong.sign.</summary>
    public const string Csc = "Signatures.Csc";

    /// <summary>The scope in addition to that of people.</summary>
    public const string SignScope = "halong.sign";

    public static void AddTo(AuthorizationBuilder builder) => builder
        .AddPolicy(Sign, p => p.RequireAuthenticatedUser().RequireAssertion(c =>
            c.User.HasScope(Policies.InternalScope) || (c.User.HasScope(Policies.ApiScope) && c.User.HasClaim("role", Roles.Approver))))
        .AddPolicy(Validate, p => p.RequireAuthenticatedUser().RequireAssertion(c =>
            c.User.HasScope(Policies.InternalScope) || c.User.HasScope(Policies.ApiScope)))
        .AddPolicy(Owner, p => p.RequireAuthenticatedUser().RequireAssertion(c => c.User.HasScope(Policies.ApiScope) && IsOwner(Caller.From(c.User))))
        .AddPolicy(Csc, p => p.RequireAuthenticatedUser().RequireAssertion(c =>
            c.User.HasScope(Policies.ApiScope) && c.User.HasScope(SignScope) && IsOwner(Caller.From(c.User))));

    private static bool IsOwner(Caller caller) => caller is { ActsForAnother: false, ActsWithinLimits: false } && caller.AccountId != Guid.Empty;
}
