using HaLong.AppHost.Native;

namespace Aspire.Hosting;

/// <summary>Adds PostgreSQL, RabbitMQ and Redis.</summary>
public static class ServerExtensions
{
    /// <summary>A PostgreSQL server; its password is generated unless given.</summary>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null, int? port = null) =>
        builder.AddResource(new PostgresServerResource(name, userName?.Resource.Expression ?? Expression.Literal("postgres"), Password(builder, name, password), port));

    /// <summary>A database of the server.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null) =>
        builder.ApplicationBuilder.AddResource(new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource));

    /// <summary>A RabbitMQ broker; its password is generated unless given.</summary>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null, int? port = null) =>
        builder.AddResource(new RabbitMQServerResource(name, userName?.Resource.Expression ?? Expression.Literal("guest"), Password(builder, name, password), port));

    /// <summary>Adds the management API and pages, as endpoint <c>management</c>.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder, int? port = null)
    {
        builder.Resource.Endpoints.Add(new Endpoint("management", "http", ServerResource.Host, port, null, null) { ContainerPort = 15672 });
        return builder;
    }

    /// <summary>A Redis server with a generated password.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port = null) =>
        builder.AddResource(new RedisResource(name, Password(builder, name, null), port));

    /// <summary>Keeps the data between starts.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder, string? name = null) => Keep(builder);

    /// <summary>Keeps the data between starts.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(this IResourceBuilder<RabbitMQServerResource> builder, string? name = null) => Keep(builder);

    /// <summary>Keeps the data between starts.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null) =>
        Keep(builder).WithPersistence();

    /// <summary>Writes every change to disk.</summary>
    public static IResourceBuilder<RedisResource> WithPersistence(this IResourceBuilder<RedisResource> builder)
    {
        builder.Resource.AppendOnly = true;
        return builder;
    }

    /// <summary>Accepted for containers; a native server ends with the host.</summary>
    public static IResourceBuilder<T> WithLifetime<T>(this IResourceBuilder<T> builder, ContainerLifetime lifetime) where T : ServerResource => builder;

    private static IResourceBuilder<T> Keep<T>(IResourceBuilder<T> builder) where T : ServerResource
    {
        builder.Resource.KeepsData = true;
        return builder;
    }

    private static ParameterResource Password(IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? given) =>
        given?.Resource ?? builder.AddParameter($"{name}-password", secret: true).Resource;
}
