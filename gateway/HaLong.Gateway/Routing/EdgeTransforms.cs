using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace HaLong.Gateway.Routing;

/// <summary>
/// Services see the public name, whatever Host the caller sent, and the caller's address as the gateway saw it. What the caller claimed
/// about these has been taken off before (<see cref="Edge.EdgeHeaders" />).
/// </summary>
internal sealed class EdgeTransforms(IOptions<GatewayOptions> options) : ITransformProvider
{
    public void Apply(TransformBuilderContext context)
    {
        var site = options.Value.Site();
        context.UseDefaultForwarders = false;
        context.AddRequestTransform(transform =>
        {
            var headers = transform.ProxyRequest.Headers;
            headers.Host = site.Authority;
            headers.TryAddWithoutValidation("X-Forwarded-Host", site.Authority);
            headers.TryAddWithoutValidation("X-Forwarded-Proto", site.Scheme);
            if (ClientAddress.Of(transform.HttpContext) is { } address)
            {
                headers.TryAddWithoutValidation("X-Forwarded-For", address.ToString());
            }

            return ValueTask.CompletedTask;
        });
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }
}
