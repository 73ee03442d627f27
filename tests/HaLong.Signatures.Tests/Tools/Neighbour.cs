using Grpc.Core;
using HaLong.Signatures.V1;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Whoever calls the service by gRPC; calls end with the test.</summary>
internal sealed class Neighbour(CallInvoker invoker)
{
    private readonly Signing.SigningClient client = new(invoker);

    public Task<SignPdfResponse> SignPdfAsync(SignPdfRequest request, Metadata? headers = null) =>
        client.SignPdfAsync(request, headers, cancellationToken: TestContext.Current.CancellationToken).ResponseAsync;

    public Task<SignFileResponse> SignFileAsync(SignFileRequest request) =>
        client.SignFileAsync(request, cancellationToken: TestContext.Current.CancellationToken).ResponseAsync;

    public Task<SignStatementResponse> SignStatementAsync(SignStatementRequest request) =>
        client.SignStatementAsync(request, cancellationToken: TestContext.Current.CancellationToken).ResponseAsync;

    public Task<ValidatePdfResponse> ValidatePdfAsync(ValidatePdfRequest request) =>
        client.ValidatePdfAsync(request, cancellationToken: TestContext.Current.CancellationToken).ResponseAsync;
}
