using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace HaLong.ServiceDefaults;

/// <summary>Server side: exceptions become statuses; what is not an expected refusal tells nothing.</summary>
internal sealed partial class ServerErrorInterceptor(ILogger<ServerErrorInterceptor> log) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (ErrorException e)
        {
            throw RichStatus.ToRpcException(e.Error);
        }
        catch (RpcException)
        {
            throw;
        }
        catch (Exception e) when (!context.CancellationToken.IsCancellationRequested)
        {
            Failed(log, e, context.Method);
            throw RichStatus.ToRpcException(e is System.Data.Common.DbException { IsTransient: true } ? CommonErrors.Unavailable : CommonErrors.Internal);
        }
    }

    [LoggerMessage(1101, LogLevel.Error, "gRPC {Method} failed")]
    private static partial void Failed(ILogger log, Exception exception, string method);
}

/// <summary>Client side: a deadline on every call, and statuses back to errors, so a code survives from service to service to citizen.</summary>
internal sealed class ClientErrorInterceptor : Interceptor
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(5);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        if (context.Options.Deadline is null)
        {
            // gRPC compares with the system's clock, so a clock of a test must not set it.
            var options = context.Options.WithDeadline(TimeProvider.System.GetUtcNow().UtcDateTime + DefaultDeadline);
            context = new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, options);
        }

        var call = continuation(request, context);
        return new AsyncUnaryCall<TResponse>(
            TranslateAsync(call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    private static async Task<TResponse> TranslateAsync<TResponse>(Task<TResponse> response)
    {
        try
        {
            return await response;
        }
        catch (RpcException e)
        {
            throw new ErrorException(RichStatus.ToError(e), e);
        }
    }
}
