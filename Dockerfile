# syntax=docker/dockerfile:1
# Stepwell as an image: docker build -t stepwell .
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/cache \
    mvn -B -Dmaven.repo.local=/cache -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true -pl server -am package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --create-home stepwell
COPY --from=build /src/server/target/stepwell.jar /opt/stepwell/
COPY --from=build /src/server/target/lib /opt/stepwell/lib
# Jars of your functions: COPY yours there in an image of your own.
RUN mkdir /functions && chown stepwell /functions
USER 10001
ENV STEPWELL_HOST=0.0.0.0 STEPWELL_JAVA_OPTS=""
# Requests; and what the nodes tell each other.
EXPOSE 8288 25520
# "exec", so that Java gets the signal to stop and can hand its work over.
ENTRYPOINT ["sh", "-c", "exec java --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError -XX:MaxRAMPercentage=70 $STEPWELL_JAVA_OPTS -jar /opt/stepwell/stepwell.jar \"$@\"", "stepwell"]
CMD ["start"]
